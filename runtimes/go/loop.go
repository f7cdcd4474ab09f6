// Package whirlloop calls the function of an action for each request: one line of JSON on stdin, one on descriptor 3.
package whirlloop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"syscall"
)

const answersDescriptor = 3

var failure = reflect.TypeOf((*error)(nil)).Elem()

// Serve answers requests until there are no more. The function takes one argument, of any type that JSON can be read
// into, and returns a result, or a result and an error. A panic ends the process, as Go does it.
func Serve(function any) {
	call := checked(function)
	syscall.CloseOnExec(answersDescriptor) // processes that the action starts can't answer
	answers := os.NewFile(answersDescriptor, "answers")
	fmt.Fprintln(answers, `{"ok":true}`)
	in := bufio.NewReader(os.Stdin)
	variables := environment{}
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		request := map[string]json.RawMessage{}
		if err == nil {
			err = json.Unmarshal(line, &request)
		}
		if err != nil {
			stop("a request could not be read: " + err.Error())
		}
		variables.update(request)
		answers.Write(append(call(request["value"]), '\n'))
	}
}

// checked gives what calls the function with a document and gives the answer.
func checked(function any) func(json.RawMessage) []byte {
	value := reflect.ValueOf(function)
	kind := value.Type()
	if kind.Kind() != reflect.Func || kind.NumIn() != 1 || kind.NumOut() < 1 || kind.NumOut() > 2 ||
		kind.NumOut() == 2 && !kind.Out(1).Implements(failure) {
		stop(fmt.Sprintf("the function must take one argument and return a result, maybe with an error: %v", kind))
	}
	return func(document json.RawMessage) []byte {
		argument := reflect.New(kind.In(0))
		if len(document) > 0 {
			if err := json.Unmarshal(document, argument.Interface()); err != nil {
				return failed("the argument does not fit: " + err.Error())
			}
		}
		return answer(value.Call([]reflect.Value{argument.Elem()}))
	}
}

func answer(results []reflect.Value) []byte {
	if err, is := results[len(results)-1].Interface().(error); is {
		return failed(err.Error())
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(results[0].Interface()); err != nil {
		return failed("the result is not JSON: " + err.Error())
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}

func failed(sentence string) []byte {
	text, _ := json.Marshal(map[string]string{"error": sentence})
	return text
}

func stop(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	os.Exit(1)
}

// environment has what the variables of the last request's fields were before.
type environment map[string]*string

// update sets __OW_<KEY> for every field of a request but its value, and takes back what only an earlier one set.
func (before environment) update(request map[string]json.RawMessage) {
	for key, document := range request {
		if key == "value" {
			continue
		}
		if _, known := before[key]; !known {
			before[key] = nil
			if initial, set := os.LookupEnv(name(key)); set {
				before[key] = &initial
			}
		}
		var text string
		if json.Unmarshal(document, &text) != nil {
			text = string(document)
		}
		os.Setenv(name(key), text)
	}
	for key, initial := range before {
		if _, set := request[key]; set {
			continue
		}
		delete(before, key)
		if initial == nil {
			os.Unsetenv(name(key))
		} else {
			os.Setenv(name(key), *initial)
		}
	}
}

func name(key string) string {
	return "__OW_" + strings.ToUpper(key)
}
