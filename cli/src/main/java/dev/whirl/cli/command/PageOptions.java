package dev.whirl.cli.command;

import dev.whirl.cli.command.Options.NumberOption;
import dev.whirl.client.Page;

/// The options `--skip` and `--limit` of lists.
public record PageOptions(NumberOption skip, NumberOption limit) {
    /// @param noun what is listed, such as `actions`
    public static PageOptions of(Options options, String noun) {
        return new PageOptions(
                options.number("SKIP", "leave out the first SKIP " + noun, "-s", "--skip"),
                options.number("LIMIT", "at most LIMIT %s (30)".formatted(noun), "-l", "--limit"));
    }

    /// The part of the list that is wanted.
    public Page value() {
        return new Page(whole(limit, Page.DEFAULT.limit()), whole(skip, 0));
    }

    private static int whole(NumberOption option, int otherwise) {
        long value = option.or(otherwise);
        if (value != (int) value) {
            throw CliException.usage(
                    "%d is too large for '%s'".formatted(value, option.option().longestName()));
        }
        return (int) value;
    }
}
