package main

import "errors"

type Person struct {
	Name string `json:"name"`
	Age  int    `json:"age,omitempty"`
}

func Fails(args map[string]any) (map[string]any, error) {
	return nil, errors.New("no good")
}

func Panics(args map[string]any) map[string]any {
	panic("no good")
}

func NotJson(args map[string]any) map[string]any {
	return map[string]any{"channel": make(chan int)}
}

func Greets(person Person) (Person, error) {
	return Person{Name: "Hello " + person.Name}, nil
}
