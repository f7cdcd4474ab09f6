<?php

declare(strict_types=1);

namespace Whirl\Runtime;

/**
 * Marks each line of output with the run that wrote it and the time, and writes it at once:
 *
 *   0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> "\n"
 *
 * For a server that reads no marks, whose requests have numbers below zero, lines are as they are.
 */
final class Logs
{
    private const STDOUT = 1;
    private const STDERR = 2;
    private const MAX_PARTIAL_BYTES = 1024 * 1024 - 64; // of a line without an end: with its mark still one line for the server

    private static int $number = 0;
    private static bool $hasWritten = false;

    /** @var array<int, string> what each stream has of a line that has no end yet */
    private static array $partial = [self::STDOUT => '', self::STDERR => ''];

    /** @var array<int, resource> the streams without marks */
    private static array $streams = [];

    /** Marks what goes through `echo` and the like, and through the constants for the streams. */
    public static function capture(): void
    {
        foreach ([self::STDOUT, self::STDERR] as $descriptor) {
            self::$streams[$descriptor] = fopen("php://fd/$descriptor", 'w');
        }
        stream_filter_register('whirl.mark', MarkingFilter::class);
        stream_filter_append(\STDOUT, 'whirl.mark', STREAM_FILTER_WRITE, self::STDOUT);
        stream_filter_append(\STDERR, 'whirl.mark', STREAM_FILTER_WRITE, self::STDERR);
        ob_start(static fn (string $text): string => self::lines(self::STDOUT, $text), 1, 0);
    }

    /** All that is printed from now on belongs to this request. */
    public static function begin(int $number): void
    {
        self::$number = $number;
        self::$hasWritten = false;
    }

    /** Ends the output of a run; tells whether there was any. */
    public static function end(): bool
    {
        while (ob_get_level() > 1) {
            ob_end_flush();
        }
        foreach (self::$streams as $descriptor => $stream) {
            if (self::$partial[$descriptor] !== '') {
                fwrite($stream, self::marked(self::$partial[$descriptor]));
                self::$partial[$descriptor] = '';
            }
        }

        return self::$hasWritten;
    }

    /** The lines that end with this text, with their marks; the rest is kept. */
    public static function lines(int $descriptor, string $text): string
    {
        $last = strrpos($text, "\n");
        $lines = '';
        if ($last !== false) {
            $lines = self::marked(self::$partial[$descriptor] . substr($text, 0, $last));
            self::$partial[$descriptor] = '';
            $text = substr($text, $last + 1);
        }
        self::$partial[$descriptor] .= $text;
        while (strlen(self::$partial[$descriptor]) > self::MAX_PARTIAL_BYTES) {
            $end = self::wholeCharacters(self::$partial[$descriptor]);
            $lines .= self::marked(substr(self::$partial[$descriptor], 0, $end));
            self::$partial[$descriptor] = substr(self::$partial[$descriptor], $end);
        }

        return $lines;
    }

    /** How many bytes of a line that is too long end with a whole character. */
    private static function wholeCharacters(string $line): int
    {
        $end = self::MAX_PARTIAL_BYTES;
        while ($end > self::MAX_PARTIAL_BYTES - 4 && (ord($line[$end]) & 0xC0) === 0x80) {
            $end--;
        }

        return $end;
    }

    private static function marked(string $lines): string
    {
        self::$hasWritten = true;
        $mark = self::$number < 0 ? '' : sprintf("\x1e%d:%d\x1f", self::$number, (int) (microtime(true) * 1e6));

        return $mark . str_replace("\n", "\n$mark", $lines) . "\n";
    }
}

/** Puts marks into what is written to a stream. */
final class MarkingFilter extends \php_user_filter
{
    public function filter($in, $out, &$consumed, bool $closing): int
    {
        $result = PSFS_FEED_ME;
        while ($bucket = stream_bucket_make_writeable($in)) {
            $consumed += $bucket->datalen;
            $lines = Logs::lines($this->params, $bucket->data);
            if ($lines !== '') {
                $bucket->data = $lines;
                stream_bucket_append($out, $bucket);
                $result = PSFS_PASS_ON;
            }
        }

        return $result;
    }
}
