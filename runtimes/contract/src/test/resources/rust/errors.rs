use serde_derive::{Deserialize, Serialize};
use serde_json::{json, Value};

#[derive(Deserialize)]
pub struct Input {
    #[serde(default = "stranger")]
    name: String,
}

#[derive(Serialize)]
pub struct Output {
    greeting: String,
}

fn stranger() -> String {
    "stranger".to_string()
}

pub fn greets(input: Input) -> Result<Output, String> {
    Ok(Output { greeting: format!("Hello {}", input.name) })
}

pub fn fails(_args: Value) -> Result<Value, String> {
    Err("no good".to_string())
}

pub fn panics(_args: Value) -> Result<Value, String> {
    let _ = json!({});
    panic!("no good")
}
