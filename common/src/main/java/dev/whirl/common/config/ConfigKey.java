package dev.whirl.common.config;

/// One key that a part reads: for the generated reference page.
///
/// @param name `kebab-case` with dots between parts, such as `limits.invocations-per-minute`
/// @param type what a value looks like, in a word: `number`, `duration`, `size`, `yes or no`, `text`, or the
///     choices
/// @param defaultText the default as a user would write it
/// @param meaning one sentence for the reader of the reference
public record ConfigKey(String name, String type, String defaultText, String meaning) {
    /// The environment variable that sets this key: `limits.fires-per-minute` is `WHIRL_LIMITS_FIRES_PER_MINUTE`.
    public String environmentName() {
        return "WHIRL_" + name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
