//! A briefing as a page of HTML.

use super::Page;

/// One sheet of A4, small enough print for all rows of a page.
const STYLE: &str = "@page{size:A4;margin:10mm}\
body{font:10px/1.3 sans-serif;margin:0 auto;max-width:190mm;color:#000;background:#fff}\
h1{font-size:15px;margin:0 0 4px}h2{font-size:11px;margin:7px 0 1px;border-bottom:1px solid #000}\
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:normal;color:#555}\
th,td{padding:0 8px 0 0;vertical-align:top;overflow-wrap:break-word}\
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:16px}\
footer{margin-top:8px;border-top:1px solid #000;color:#555}p{margin:1px 0}section{break-inside:avoid}";

impl Page {
    /// The briefing as a page of HTML that needs nothing else: no script, no picture, no network.
    pub fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n",
            self.language
        );
        if self.sections.is_empty() {
            out.push_str(&format!("<p>{}</p>\n", self.nothing()));
        }
        for section in &self.sections {
            out.push_str(&format!("<section>\n<h2>{}</h2>\n<table>\n", escaped(&section.heading)));
            let class = |column: usize| if section.numbers.contains(&column) { " class=\"n\"" } else { "" };
            let heads = section.columns.iter().enumerate();
            let heads: String =
                heads.map(|(column, head)| format!("<th{}>{}</th>", class(column), escaped(head))).collect();
            out.push_str(&format!("<tr>{heads}</tr>\n"));
            for row in &section.rows {
                let cells = row.iter().enumerate();
                let cells: String =
                    cells.map(|(column, cell)| format!("<td{}>{}</td>", class(column), escaped(cell))).collect();
                out.push_str(&format!("<tr>{cells}</tr>\n"));
            }
            out.push_str("</table>\n");
            if section.more > 0 {
                out.push_str(&format!("<p>{}</p>\n", self.more(section.more)));
            }
            out.push_str("</section>\n");
        }
        if !self.notes.is_empty() {
            let notes: String = self.notes.iter().map(|note| format!("<p>{}</p>\n", escaped(note))).collect();
            out.push_str(&format!("<footer>\n{notes}</footer>\n"));
        }
        out.push_str("</body>\n</html>\n");
        out
    }
}

/// Text that is nothing but text in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for found in text.chars() {
        match found {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ if found.is_control() => out.push(' '),
            _ => out.push(found),
        }
    }
    out
}
