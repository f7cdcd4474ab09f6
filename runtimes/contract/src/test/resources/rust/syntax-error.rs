use serde_json::{Error, Value};
pub fn main(args: Value) -> Result<Value, Error> {
    let = args;
}
