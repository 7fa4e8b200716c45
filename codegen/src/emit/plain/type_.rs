//! Types on one line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A type as the printer has it if a line holds it. `None` for whatever else.
pub(in crate::emit) fn push_type(tokens: &TokenStream, out: &mut String) -> Option<()> {
    /// What stands before: a word, a word that belongs to the next, a sign, or a group.
    #[derive(Clone, Copy, PartialEq)]
    enum Before {
        Word,
        Prefix,
        Sign,
        Group,
    }
    let mut before = Before::Sign;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(name) => {
                match before {
                    Before::Prefix => out.push(' '),
                    Before::Sign => {}
                    Before::Word | Before::Group => return None,
                }
                let name = name.to_string();
                out.push_str(&name);
                before = match name.as_str() {
                    "dyn" | "impl" => Before::Prefix,
                    "mut" | "as" | "for" | "fn" | "where" => return None,
                    _ => Before::Word,
                };
            }
            TokenTree::Punct(sign) => {
                before = match (sign.as_char(), sign.spacing()) {
                    (',', Spacing::Alone) => {
                        tokens.peek()?;
                        out.push_str(", ");
                        Before::Sign
                    }
                    ('&', Spacing::Alone | Spacing::Joint) if before == Before::Sign => {
                        out.push('&');
                        Before::Sign
                    }
                    ('\'', _) if before == Before::Sign => {
                        let name = tokens.next()?;
                        out.push_str(&format!("'{name}"));
                        match tokens.peek() {
                            None => Before::Word,
                            Some(TokenTree::Punct(next)) if matches!(next.as_char(), ',' | '>') => {
                                Before::Word
                            }
                            Some(_) => Before::Prefix,
                        }
                    }
                    (':', Spacing::Joint) if before == Before::Word => {
                        is_sign(tokens.next().as_ref(), ':').then_some(())?;
                        out.push_str("::");
                        Before::Sign
                    }
                    ('<', Spacing::Alone) if before == Before::Word => {
                        out.push('<');
                        Before::Sign
                    }
                    ('>', _) if before == Before::Word || before == Before::Group => {
                        out.push('>');
                        Before::Word
                    }
                    _ => return None,
                };
            }
            TokenTree::Group(group) => {
                if before == Before::Prefix {
                    out.push(' ');
                }
                let (open, close) = match (group.delimiter(), before) {
                    (_, Before::Word | Before::Group) => return None,
                    (Delimiter::Parenthesis, _) => ('(', ')'),
                    (Delimiter::Bracket, _) => ('[', ']'),
                    _ => return None,
                };
                out.push(open);
                push_type(&group.stream(), out)?;
                out.push(close);
                before = Before::Group;
            }
            TokenTree::Literal(_) => return None,
        }
    }
    Some(())
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == sign)
}
