package dev.whirl.model.message;

/// Names a controller: `controller0`.
public record ControllerId(int number) {
    @Override
    public String toString() {
        return "controller" + number;
    }
}
