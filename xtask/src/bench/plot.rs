//! The plot: a group of bars a document, a bar a codec.

use std::fmt::Write as _;

use super::rows::{OURS, Rows};

const WIDTH: f64 = 800.0;
const LEFT: f64 = 230.0;
const BAR: f64 = 14.0;
const GAP: f64 = 30.0;

/// Throughput of decoding; memory's own rates are left out, they would dwarf the rest.
pub(super) fn throughput(rows: &Rows) -> String {
    let shown = |name: &str| {
        let row = rows.0.iter().filter(|row| row.work == "decode");
        let row = row.filter(|row| row.document == name);
        row.filter(|row| row.is_peer() || row.is_without_values() || row.competitor == OURS)
            .collect::<Vec<_>>()
    };
    let mut body = String::new();
    let mut y = 30.0;
    for document in rows.documents("decode") {
        let group = shown(document);
        let most = group.iter().map(|row| row.rate()).fold(1.0, f64::max);
        let _ = writeln!(
            body,
            "<text x=\"10\" y=\"{y:.0}\" font-weight=\"bold\">{document}</text>"
        );
        y += 8.0;
        for row in group {
            let length = (WIDTH - LEFT - 90.0) * row.rate() / most;
            let colour = if row.competitor == OURS {
                "#c2410c"
            } else {
                "#94a3b8"
            };
            let base = y + BAR - 3.0;
            let _ = writeln!(
                body,
                "<text x=\"{:.0}\" y=\"{base:.0}\" text-anchor=\"end\">{}</text>\
                 <rect x=\"{LEFT:.0}\" y=\"{y:.0}\" width=\"{length:.1}\" height=\"{:.0}\" \
                 fill=\"{colour}\"/><text x=\"{:.1}\" y=\"{base:.0}\">{:.0} MB/s</text>",
                LEFT - 8.0,
                row.competitor,
                BAR - 2.0,
                LEFT + length + 6.0,
                row.rate()
            );
            y += BAR;
        }
        y += GAP;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH:.0}\" height=\"{y:.0}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{body}</svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fastest_bar_is_the_longest() {
        let text = "head\ndecode\td\tcastile\t1000\t100\t100\t1\t1\t0\n\
            decode\td\tother\t1000\t400\t400\t1\t1\t0\ndecode\td\tmemcpy\t1000\t1\t1\t1\t1\t0\n";
        let plot = throughput(&Rows::read(text).unwrap());
        assert!(
            plot.contains("width=\"480.0\" height=\"12\" fill=\"#c2410c\""),
            "{plot}"
        );
        assert!(
            plot.contains("width=\"120.0\" height=\"12\" fill=\"#94a3b8\""),
            "{plot}"
        );
        assert!(
            plot.contains("10000 MB/s") && !plot.contains("memcpy"),
            "{plot}"
        );
    }
}
