//! Cost summaries in layouts that no reader knows: words, places, columns and their order are drawn from a seed.

use std::collections::BTreeMap;

use crate::paper::Paper;

/// A small generator of numbers (Steele 2014, SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.roll(last + 1));
        }
    }
}

/// Where the value of a header field stands to its label.
#[derive(Clone, Copy)]
enum Set {
    Beside(f32),
    Below,
}

/// A layout: what stays the same on all of its documents.
pub(crate) struct Layout {
    font: &'static [u8],
    firm: &'static str,
    title: &'static str,
    /// Field, label, place of the label, and how the value is set.
    header: Vec<(&'static str, &'static str, (f32, f32), Set)>,
    tables: Vec<(&'static str, &'static str, Vec<Column>)>,
    sums: Vec<(&'static str, &'static str)>,
    /// Where the labels of the sums begin and where their amounts end.
    sums_at: (f32, f32),
    subtotals: Option<&'static str>,
}

#[derive(Clone)]
struct Column {
    field: &'static str,
    head: &'static str,
    /// Left edge of a text, right edge of a number.
    x: f32,
    right: bool,
}

type Truth = Vec<(String, u32, (f32, f32), String)>;

/// One printed document with what stands in it, by field or `section.row.field`.
pub(crate) struct Document {
    pub(crate) bytes: Vec<u8>,
    pub(crate) truth: Truth,
}

impl Layout {
    pub(crate) fn of(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(7919).wrapping_add(17));
        let font: &'static [u8] = if dice.roll(2) == 0 { b"Courier" } else { b"Helvetica" };
        let mut fields = vec![
            ("work_order", dice.one(&["Ticket", "Docket No.", "Works ref", "Folder #", "Traveller"])),
            ("customer", dice.one(&["Account", "Buyer", "Prepared for", "Party", "On behalf of"])),
            ("description", dice.one(&["Scope", "Subject", "What", "Work title", "Brief"])),
            ("completed_on", dice.one(&["Closed", "Finished", "Off the floor", "Delivered", "Out"])),
            ("estimator", dice.one(&["Costed by", "Calc.", "Desk", "Handled by", "Owner"])),
            ("quote_number", dice.one(&["Offer", "Bid ref", "Proposal", "Tender no.", "From offer"])),
        ];
        dice.shuffle(&mut fields);
        let set = dice.roll(3);
        let header = fields.into_iter().enumerate().map(|(place, (field, label))| {
            let (column, row) = ((place % 2) as f32, (place / 2) as f32);
            let beside = set == 0 || set == 2 && dice.roll(2) == 0;
            let at = (50.0 + 280.0 * column, 110.0 + 30.0 * row);
            (field, label, at, if beside { Set::Beside(100.0) } else { Set::Below })
        });
        let header = header.collect();
        let tables = vec![
            ("labour", dice.one(&["Time on the floor", "Wages", "Hands", "Shop time"]), labour(&mut dice)),
            ("material", dice.one(&["Stock used", "Goods", "Drawn from store", "Supplies"]), material(&mut dice)),
            ("outplant", dice.one(&["Bought in", "Trades", "Others", "Sent out"]), material(&mut dice)),
        ];
        let mut sums = vec![
            ("material_cost", dice.one(&["Stock", "Goods", "Supplies used"])),
            ("labour_cost", dice.one(&["Wages", "Hands", "Shop time"])),
            ("burden_cost", dice.one(&["On-cost", "Loading", "Shop rate add"])),
            ("outplant_cost", dice.one(&["Bought in", "Trades", "Others"])),
            ("use_tax", dice.one(&["Levy", "Duty", "State levy"])),
        ];
        dice.shuffle(&mut sums);
        sums.push(("total_cost", dice.one(&["All in", "Full cost", "Sum of it", "Bottom line"])));
        let left = [50.0, 300.0, 340.0][dice.roll(3)];
        Self {
            font,
            firm: dice.one(&["Northside Signs", "Signs of the North Ltd.", "Works Office"]),
            title: dice.one(&["After-calculation", "What the work took", "Closing sheet", "Ledger card"]),
            header,
            tables,
            sums,
            sums_at: (left, left + [150.0, 200.0][dice.roll(2)]),
            subtotals: [None, Some("Subtotal"), Some("Carried"), Some("Together")][dice.roll(4)],
        }
    }

    /// The document with this number.
    pub(crate) fn print(&self, number: u64) -> Document {
        let mut press = Press { layout: self, pages: vec![Vec::new()], truth: Vec::new(), y: 0.0 };
        let mut dice = Dice(number.wrapping_mul(104_729).wrapping_add(5));
        press.put(50.0, 50.0, self.firm);
        press.put(330.0, 50.0, self.title);
        press.header(&mut dice);
        press.y = 220.0;
        let mut cents: BTreeMap<&str, i64> = BTreeMap::new();
        for (section, title, columns) in &self.tables {
            if *section == "outplant" && dice.roll(3) > 0 {
                continue;
            }
            let count = 2 + dice.roll(if *section == "labour" { 14 } else { 7 });
            let sum = press.table(&mut dice, section, title, columns, count);
            let total = match *section {
                "labour" => "labour_cost",
                "material" => "material_cost",
                _ => "outplant_cost",
            };
            cents.insert(total, sum);
        }
        cents.insert("burden_cost", 10_000 + dice.roll(900_000) as i64);
        if dice.roll(3) > 0 {
            cents.insert("use_tax", 500 + dice.roll(20_000) as i64);
        }
        cents.insert("total_cost", cents.values().sum());
        press.sums(&cents);
        let paper =
            Paper { pages: press.pages, font: self.font, points: 9.0, rotate: 0, crop: None, rules: Vec::new() };
        Document { bytes: paper.print(), truth: press.truth }
    }
}

fn labour(dice: &mut Dice) -> Vec<Column> {
    let columns = vec![
        ("department", dice.one(&["Area", "Bay", "Where"]), 42.0, false),
        ("work_code", dice.one(&["Op", "Step", "Key"]), 42.0, false),
        ("description", dice.one(&["What was done", "Task", "Activity"]), 150.0, false),
        ("estimated_hours", dice.one(&["Plan", "Foreseen", "Calc h"]), 62.0, true),
        ("actual_hours", dice.one(&["Clocked", "Took", "Real h"]), 62.0, true),
        ("cost", dice.one(&["Value", "Money", "Worth"]), 80.0, true),
    ];
    placed(dice, columns)
}

fn material(dice: &mut Dice) -> Vec<Column> {
    let columns = vec![
        ("description", dice.one(&["Article", "Thing", "What"]), 180.0, false),
        ("unit", dice.one(&["Per", "Measure", "Pack"]), 60.0, false),
        ("quantity", dice.one(&["Count", "Pieces", "How many"]), 80.0, true),
        ("cost", dice.one(&["Value", "Money", "Worth"]), 90.0, true),
    ];
    placed(dice, columns)
}

fn placed(dice: &mut Dice, mut columns: Vec<(&'static str, &'static str, f32, bool)>) -> Vec<Column> {
    dice.shuffle(&mut columns);
    let mut x = 50.0;
    let mut place = |(field, head, width, right): (&'static str, &'static str, f32, bool)| {
        let at = if right { x + width - 6.0 } else { x };
        x += width + 6.0;
        Column { field, head, x: at, right }
    };
    columns.into_iter().map(&mut place).collect()
}

struct Press<'a> {
    layout: &'a Layout,
    pages: Vec<Vec<(f32, f32, String)>>,
    truth: Truth,
    y: f32,
}

impl Press<'_> {
    fn put(&mut self, x: f32, y: f32, text: &str) {
        self.pages.last_mut().expect("a page").push((x, y, text.to_owned()));
    }

    fn value(&mut self, name: String, x: f32, y: f32, text: String) {
        let page = self.pages.len() as u32;
        self.put(x, y, &text);
        self.truth.push((name, page, (x, y), text));
    }

    /// Width of numbers; Helvetica's digits are 0.556 wide, its points and commas half of that.
    fn width(&self, text: &str) -> f32 {
        let courier = self.layout.font == b"Courier";
        let letter = |c: char| match c {
            _ if courier => 0.6,
            '.' | ',' => 0.278,
            _ => 0.556,
        };
        text.chars().map(letter).sum::<f32>() * 9.0
    }

    fn header(&mut self, dice: &mut Dice) {
        for (field, label, (x, y), set) in &self.layout.header {
            let value = match *field {
                "work_order" => format!("{}", 20_000 + dice.roll(9_999)),
                "quote_number" => format!("Q-{}", 1_000 + dice.roll(8_999)),
                "completed_on" => format!("{:02}/{:02}/2025", 1 + dice.roll(12), 1 + dice.roll(28)),
                "estimator" => dice.one(&["KM", "RT", "Ana Ruiz", "J. Holt"]).to_owned(),
                "customer" => {
                    format!("{} {}", dice.one(&["Alder", "Harbor", "Juniper", "Stone"]), dice.one(&CUSTOMERS))
                }
                _ => format!("{} {}", dice.one(&["Front", "Rear", "Window", "Lobby"]), dice.one(&SIGNS)),
            };
            if *field == "estimator" && dice.roll(5) == 0 {
                continue;
            }
            self.put(*x, *y, label);
            match set {
                Set::Beside(gap) => self.value((*field).to_owned(), x + gap, *y, value),
                Set::Below => self.value((*field).to_owned(), *x, y + 11.0, value),
            }
        }
    }

    fn heads(&mut self, columns: &[Column]) {
        let y = self.y;
        for column in columns {
            // A proportional font's heads are set a little inside.
            let x = if column.right { column.x - self.width(column.head) } else { column.x };
            self.put(x, y, column.head);
        }
        self.y += 14.0;
    }

    fn table(&mut self, dice: &mut Dice, section: &str, title: &str, columns: &[Column], count: usize) -> i64 {
        self.room(60.0, None);
        self.put(50.0, self.y, title);
        self.y += 14.0;
        self.heads(columns);
        let mut sum = 0;
        let mut carried = 0;
        for row in 0..count {
            self.room(14.0, Some(columns));
            let cents = 1_000 + dice.roll(400_000) as i64;
            for column in columns {
                let text = cell(dice, section, column.field, cents);
                let x = if column.right { column.x - self.width(&text) } else { column.x };
                self.value(format!("{section}.{row}.{}", column.field), x, self.y, text);
            }
            sum += cents;
            carried += cents;
            self.y += 13.0;
            if let Some(word) = self.layout.subtotals.filter(|_| section == "labour" && dice.roll(4) == 0) {
                let cost = columns.iter().find(|column| column.field == "cost").expect("a cost").x;
                let text = printed(carried);
                self.put(60.0, self.y, word);
                self.put(cost - self.width(&text), self.y, &text);
                self.y += 13.0;
                carried = 0;
            }
        }
        self.y += 12.0;
        sum
    }

    fn sums(&mut self, cents: &BTreeMap<&str, i64>) {
        self.room(100.0, None);
        let (left, right) = self.layout.sums_at;
        for (field, label) in &self.layout.sums {
            let Some(amount) = cents.get(field) else { continue };
            let text = printed(*amount);
            self.put(left, self.y, label);
            self.value((*field).to_owned(), right - self.width(&text), self.y, text);
            self.y += 14.0;
        }
    }

    fn room(&mut self, points: f32, columns: Option<&[Column]>) {
        if self.y + points > 740.0 {
            self.pages.push(Vec::new());
            self.put(50.0, 50.0, self.layout.firm);
            self.y = 80.0;
            if let Some(columns) = columns {
                self.heads(columns);
            }
        }
    }
}

const CUSTOMERS: [&str; 5] = ["Bank", "Dental Group", "Foods Inc.", "Brewing Company", "Middle School"];
const SIGNS: [&str; 5] =
    ["monument sign", "channel letters", "pylon with cabinet", "directory", "awning and lettering"];
const TASKS: [&str; 6] = ["Sheet metal", "Routing", "LED wiring", "Spray", "Vinyl on face", "Footing and set"];
const GOODS: [&str; 6] =
    ["Aluminium sheet .063", "Acrylic white 3/16", "LED module", "Paint", "Steel tube 4 in", "Concrete"];

fn cell(dice: &mut Dice, section: &str, field: &str, cents: i64) -> String {
    match field {
        "department" => format!("{}00", 1 + dice.roll(7)),
        "work_code" => format!("{}", 100 + dice.roll(800)),
        "description" if section == "labour" => dice.one(&TASKS).to_owned(),
        "description" => dice.one(&GOODS).to_owned(),
        "unit" => dice.one(&["EA", "SF", "FT", "GAL"]).to_owned(),
        "estimated_hours" | "actual_hours" => format!("{}.{}", dice.roll(40), dice.roll(10)),
        "quantity" => format!("{}.{:02}", 1 + dice.roll(200), dice.roll(100)),
        _ => printed(cents),
    }
}

fn printed(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).expect("digits")).collect();
    format!("{}.{:02}", grouped.join(","), cents % 100)
}
