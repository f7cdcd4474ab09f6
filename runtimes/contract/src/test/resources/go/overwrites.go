package main

import (
	"os"
	"path/filepath"
)

func Main(args map[string]any) map[string]any {
	files, _ := filepath.Glob("/whirl/*/*")
	results := []string{}
	for _, file := range files {
		if _, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0); err != nil {
			results = append(results, err.Error())
		} else {
			results = append(results, "written")
		}
	}
	return map[string]any{"results": results}
}
