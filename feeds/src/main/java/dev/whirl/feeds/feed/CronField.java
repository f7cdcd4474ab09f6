package dev.whirl.feeds.feed;

/// The numbers that one field of a [Cron] allows, as bits.
record CronField(long bits) {
    /// What a field counts.
    enum Sort {
        SECOND(0, 59, ""),
        MINUTE(0, 59, ""),
        HOUR(0, 23, ""),
        DAY_OF_MONTH(1, 31, ""),
        MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        DAY_OF_WEEK(0, 7, "sun mon tue wed thu fri sat");

        private static final int NAME_LENGTH = 3;

        private final int min;
        private final int max;
        private final String names;

        Sort(int min, int max, String names) {
            this.min = min;
            this.max = max;
            this.names = names;
        }

        private int number(String word) {
            int named = word.length() == NAME_LENGTH ? names.indexOf(word) : -1;
            if (named >= 0) {
                return min + named / (NAME_LENGTH + 1);
            }
            if (!word.matches("[0-9]{1,2}")) {
                throw new IllegalArgumentException(word);
            }
            int number = Integer.parseInt(word);
            if (number < min || number > max) {
                throw new IllegalArgumentException(word);
            }
            return number;
        }
    }

    private static final int SUNDAY_TOO = 7;

    static CronField only(int number) {
        return new CronField(1L << number);
    }

    /// @throws IllegalArgumentException if it is no such field
    static CronField parse(String text, Sort sort) {
        long bits = 0;
        for (String part : text.split(",", -1)) {
            bits |= part(part, sort);
        }
        if (sort == Sort.DAY_OF_WEEK && (bits & (1L << SUNDAY_TOO)) != 0) {
            bits = (bits | 1) & ~(1L << SUNDAY_TOO);
        }
        return new CronField(bits);
    }

    private static long part(String text, Sort sort) {
        String[] halves = text.split("/", -1);
        if (halves.length > 2) {
            throw new IllegalArgumentException(text);
        }
        boolean hasStep = halves.length == 2;
        int step = hasStep ? step(halves[1]) : 1;
        String range = halves[0];
        int from = sort.min;
        int to = sort == Sort.DAY_OF_WEEK ? SUNDAY_TOO - 1 : sort.max;
        if (!range.equals("*")) {
            String[] ends = range.split("-", -1);
            from = sort.number(ends[0]);
            to = ends.length == 1 ? (hasStep ? to : from) : sort.number(ends[1]);
            if (ends.length > 2 || to < from) {
                throw new IllegalArgumentException(text);
            }
        }
        long bits = 0;
        for (int i = from; i <= to; i += step) {
            bits |= 1L << i;
        }
        return bits;
    }

    private static int step(String text) {
        if (!text.matches("0*[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException(text);
        }
        return Integer.parseInt(text);
    }

    boolean has(int number) {
        return ((bits >> number) & 1) != 0;
    }

    /// The first number that is not smaller; negative if there is none.
    int next(int number) {
        long rest = number > 63 ? 0 : bits >>> number;
        return rest == 0 ? -1 : number + Long.numberOfTrailingZeros(rest);
    }
}
