extern crate serde_json;

use serde_json::{json, Error, Value};

pub fn niam(args: Value) -> Result<Value, Error> {
    Ok(json!({ "from": "niam", "text": args["text"] }))
}
