package dev.whirl.model.message;

/// Names an invoker: `invoker0`.
public record InvokerId(int number) {
    @Override
    public String toString() {
        return "invoker" + number;
    }
}
