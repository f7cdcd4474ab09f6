package main

func Main(args any) any {
	return args
}
