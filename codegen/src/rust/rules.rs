//! Rules between fields: an exactly-one rule becomes an enum where its members stand together, all
//! others are checked from the table.

use super::choices::chosen;
use super::content::FieldDraft;
use super::docs;
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{
    Choice, Entry, EntryKind, FieldPart, ItemId, ItemKind, Rule, RuleKind, Setting, Type, Variant,
};
use super::names::{self, Scope};
use crate::contract::{
    Annotation, Definition, Id, Occurs, Rule as ContractRule, RuleKind as ContractKind,
    TypeDefinition,
};

impl<'a> Lowering<'a> {
    /// Folds what rules can be folded into the fields, and returns the others.
    pub(super) fn rules(
        &mut self,
        owner: Owner<'a>,
        id: Id<TypeDefinition>,
        drafts: &mut Vec<FieldDraft>,
    ) -> Vec<Rule> {
        let mut left = Vec::new();
        for rule in self.stated_rules(id) {
            let kind = match rule.kind {
                ContractKind::ExactlyOne => {
                    if self.fold_exactly_one(owner, rule, drafts) {
                        continue;
                    }
                    RuleKind::ExactlyOne
                }
                ContractKind::AtMostOne => RuleKind::AtMostOne,
                ContractKind::AtLeastOne => RuleKind::AtLeastOne,
                ContractKind::Requires => RuleKind::Requires,
                ContractKind::Excludes => RuleKind::Excludes,
            };
            left.push(Rule {
                kind,
                members: rule.members.clone(),
            });
        }
        left
    }

    /// The rules of a type and of those that it extends.
    fn stated_rules(&self, id: Id<TypeDefinition>) -> Vec<&'a ContractRule> {
        let mut rules = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let Definition::Complex(complex) = &self.resolved.contract.types[id].definition else {
                break;
            };
            rules.splice(0..0, &complex.rules);
            let base = complex
                .derivation
                .as_ref()
                .map(|derivation| derivation.base);
            // Resolve has refused cycles; xs:anyType names itself.
            next = base.filter(|&base| base != id);
        }
        rules
    }

    fn fold_exactly_one(
        &mut self,
        owner: Owner<'a>,
        rule: &ContractRule,
        drafts: &mut Vec<FieldDraft>,
    ) -> bool {
        let Some(start) = together(rule, drafts) else {
            return false;
        };
        let range = start..start + rule.members.len();
        let nillable = |draft: &FieldDraft| draft.field.entry.settings.contains(&Setting::Nillable);
        let nil_others = drafts[range.clone()].iter().all(nillable);
        if !nil_others && drafts[range.clone()].iter().any(nillable) {
            return false;
        }
        let mut scope = Scope::default();
        let variants: Vec<Variant> = drafts[range.clone()]
            .iter()
            .map(|draft| variant(draft, &mut scope))
            .collect();
        let word = rule
            .name
            .clone()
            .unwrap_or_else(|| rule.members.join(" Or "));
        let item = self.rule_choice(owner, rule.name.is_some(), &word, variants);
        let mut draft = chosen(&word, item, Occurs::ONCE, false, owner.sent);
        if nil_others {
            draft.field.entry.settings.push(Setting::NilOthers);
        }
        let members: Vec<String> = rule.members.iter().map(|name| docs::code(name)).collect();
        draft.field.docs = vec![format!("Exactly one of {}.", members.join(", "))];
        drafts.splice(range, [draft]);
        true
    }

    /// The enum of a rule. Records that state the same rule by the same name share it.
    fn rule_choice(
        &mut self,
        owner: Owner<'a>,
        is_named: bool,
        word: &str,
        variants: Vec<Variant>,
    ) -> ItemId {
        let Place::In(parent) = owner.place else {
            return self.draft_choice(owner, word, variants);
        };
        if !is_named {
            return self.draft_choice(owner, word, variants);
        }
        let module = self.drafts[parent.0].module;
        let key = (module, word.to_owned());
        let known = self.by_rule.get(&key).cloned().unwrap_or_default();
        let same = known.iter().find(|item| match &self.drafts[item.0].kind {
            Some(ItemKind::Choice(choice)) => is_same(&choice.variants, &variants),
            _ => false,
        });
        if let Some(item) = same {
            return *item;
        }
        let item = if known.is_empty() {
            let item = self.draft(module, Origin::Group(word.to_owned()));
            self.document(item, &Annotation::default(), || {
                "Exactly one of these.".to_owned()
            });
            self.finish(item, ItemKind::Choice(Choice { variants }));
            item
        } else {
            self.draft_choice(owner, word, variants)
        };
        self.by_rule.entry(key).or_default().push(item);
        item
    }

    fn draft_choice(&mut self, owner: Owner<'a>, word: &str, variants: Vec<Variant>) -> ItemId {
        let item = self.draft_group(owner, word);
        self.document(item, &Annotation::default(), || {
            "Exactly one of these.".to_owned()
        });
        self.finish(item, ItemKind::Choice(Choice { variants }));
        item
    }
}

fn is_same(a: &[Variant], b: &[Variant]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a.name == b.name && a.type_ == b.type_ && a.entry == b.entry)
}

/// Where the members of a rule stand, if they stand together, in any order, each there once at most.
fn together(rule: &ContractRule, drafts: &[FieldDraft]) -> Option<usize> {
    let is_member = |draft: &FieldDraft| {
        let field = &draft.field;
        let is_single = matches!(field.entry.kind, EntryKind::One(_) | EntryKind::Opt(_))
            && field.part == FieldPart::Content
            && !field.entry.is_folded();
        let name = field.entry.kind.name();
        is_single && name.is_some_and(|name| rule.members.iter().any(|member| member == name))
    };
    let start = drafts.iter().position(is_member)?;
    let members = drafts[start..].iter().take_while(|d| is_member(d)).count();
    (members == rule.members.len() && members > 1).then_some(start)
}

/// A member of a rule as an alternative: neither optional nor nillable.
fn variant(draft: &FieldDraft, scope: &mut Scope) -> Variant {
    let field = &draft.field;
    let type_ = match &field.type_ {
        Type::Option(inner) | Type::Nillable(inner) => (**inner).clone(),
        other => other.clone(),
    };
    let wire = field.entry.kind.name().unwrap_or_default();
    let skipped = [Setting::Nillable, Setting::Claimed];
    let settings = field.entry.settings.iter();
    Variant {
        name: scope.claim(&[names::camel(wire)]),
        docs: field.docs.clone(),
        type_,
        entry: Entry {
            kind: EntryKind::One(wire.to_owned()),
            settings: settings.filter(|s| !skipped.contains(s)).cloned().collect(),
        },
    }
}
