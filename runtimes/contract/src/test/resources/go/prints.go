package main

import (
	"fmt"
	"os"
	"time"
)

func Main(args map[string]any) map[string]any {
	fmt.Println("one")
	time.Sleep(50 * time.Millisecond)
	fmt.Fprintln(os.Stderr, "two")
	time.Sleep(50 * time.Millisecond)
	fmt.Print("three\nfour\n")
	time.Sleep(50 * time.Millisecond)
	fmt.Fprint(os.Stderr, "five ", args["text"])
	return map[string]any{}
}
