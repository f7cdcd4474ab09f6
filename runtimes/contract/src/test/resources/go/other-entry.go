package main

func Niam(args map[string]interface{}) map[string]interface{} {
	return map[string]interface{}{"from": "niam", "text": args["text"]}
}
