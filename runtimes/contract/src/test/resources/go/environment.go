package main

import "os"

var atInit = picker()

func Main(args map[string]any) map[string]any {
	names := args["names"].([]any)
	return map[string]any{"atInit": atInit(names), "atRun": picker()(names)}
}

// picker remembers what is set now.
func picker() func([]any) map[string]string {
	values := map[string]string{}
	for _, each := range os.Environ() {
		for i := range each {
			if each[i] == '=' {
				values[each[:i]] = each[i+1:]
				break
			}
		}
	}
	return func(names []any) map[string]string {
		picked := map[string]string{}
		for _, name := range names {
			value, found := values[name.(string)]
			if !found {
				value = "absent"
			}
			picked[name.(string)] = value
		}
		return picked
	}
}
