package main

import "time"

func Main(args map[string]any) map[string]any {
	time.Sleep(time.Hour)
	return args
}
