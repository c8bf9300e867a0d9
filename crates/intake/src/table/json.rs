//! JSON to cells: a list of objects, alone, under one name (`results`, `records`, `value`, `data`), or one per line.
//!
//! An object inside an object gives columns named after both, except where the outer name is only an envelope. A pair
//! `[7, "Harbor"]`, as Odoo writes a reference, is its name.

use serde_json::{Map, Value};

use super::IntakeError;
use super::grid::{Cell, Grid, GridRow};

/// The file as one table; its header is counted as row 1, the first object as row 2.
pub(super) fn grid<'b>(file: &str, text: &str) -> Result<Grid<'b>, IntakeError> {
    let damaged =
        |error: serde_json::Error| IntakeError::Damaged { file: file.to_owned(), detail: format!("as JSON: {error}") };
    let objects = match serde_json::from_str::<Value>(text) {
        Ok(value) => objects(value),
        // One object per line.
        Err(error) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
            lines.collect::<Result<Vec<Value>, _>>().map_err(|_| damaged(error))?
        }
    };
    let flat: Vec<Map<String, Value>> = objects.into_iter().filter_map(flattened).collect();
    if flat.is_empty() {
        return Err(IntakeError::NotATable { file: file.to_owned(), what: "JSON without a list of objects" });
    }
    let mut headers: Vec<String> = Vec::new();
    let mut index: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for name in flat.iter().flat_map(Map::keys) {
        if !index.contains_key(name) {
            index.insert(name.clone(), headers.len());
            headers.push(name.clone());
        }
    }
    let mut rows = vec![GridRow { number: 1, cells: headers.iter().cloned().map(Cell::Text).collect() }];
    for (object, number) in flat.into_iter().zip(2_u32..) {
        let mut cells = vec![Cell::Blank; headers.len()];
        for (name, value) in object {
            if let Some(column) = index.get(&name) {
                cells[*column] = cell(value);
            }
        }
        rows.push(GridRow { number, cells });
    }
    Ok(Grid::of_cells(None, rows))
}

fn objects(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(mut object) => {
            let name = ["results", "records", "value", "data", "items", "rows"]
                .into_iter()
                .find(|name| object.get(*name).is_some_and(Value::is_array));
            match name.and_then(|name| object.remove(name)) {
                Some(Value::Array(items)) => items,
                Some(_) | None => vec![Value::Object(object)],
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn flattened(value: Value) -> Option<Map<String, Value>> {
    let Value::Object(object) = value else { return None };
    let mut flat = Map::new();
    for (name, value) in object {
        match value {
            // Salesforce's `attributes` say where a record lives, not what it is.
            Value::Object(_) if name == "attributes" => {}
            Value::Object(inner) if matches!(name.as_str(), "properties" | "fields") => flat.extend(inner),
            Value::Object(inner) => {
                let inner = inner.into_iter().filter(|(_, value)| !value.is_object());
                flat.extend(inner.map(|(inner, value)| (format!("{name} {inner}"), value)));
            }
            value => {
                flat.insert(name, value);
            }
        }
    }
    Some(flat)
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Blank,
        Value::Bool(flag) => Cell::Flag(flag),
        Value::Number(number) => match number.to_string().parse() {
            Ok(decimal) => Cell::Number(decimal),
            Err(_) => Cell::Text(number.to_string()),
        },
        Value::String(text) if text.trim().is_empty() => Cell::Blank,
        Value::String(text) => Cell::Text(text),
        Value::Array(items) => match items.as_slice() {
            [] => Cell::Blank,
            [Value::Number(_), Value::String(name)] => Cell::Text(name.clone()),
            [one] if !one.is_object() => cell(one.clone()),
            _ => Cell::Text(Value::Array(items).to_string()),
        },
        Value::Object(object) => Cell::Text(Value::Object(object).to_string()),
    }
}
