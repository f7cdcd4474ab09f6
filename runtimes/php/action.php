<?php

declare(strict_types=1);

namespace Whirl\Runtime;

/** The action's code, its variables, and its requests. */
final class Action
{
    private const FAILED = 502;
    private const OK = 200;
    private const NO_DICTIONARY = 'The action did not return a dictionary or array.';
    private const MAX_DEPTH = 4096;
    private const TO_JSON = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION;

    private static string $file = '';
    private static string $main = '';
    private static bool $isLoading = false;

    /** The number of this process: a forked child has another. */
    private static int $process;

    /** @var array<string, string> the variables of the init */
    private static array $initial = [];

    /** @var array<string, mixed> key of the request → the value set for it */
    private static array $current = [];

    /** @var resource */
    private static $requests;

    /** Waits for the order to load code. */
    public static function awaitCode(): void
    {
        self::$process = getmypid();
        self::$requests = fopen('php://fd/4', 'r');
        $order = self::next();
        if ($order === null) {
            exit();
        }
        ['file' => self::$file, 'main' => self::$main, 'env' => self::$initial] = $order;
        foreach (self::$initial as $name => $value) {
            self::set((string) $name, $value);
        }
        chdir(dirname(self::$file));
        self::$isLoading = true;
        register_shutdown_function(self::ended(...));
    }

    /** What is to be loaded: the packages that Composer has put there, and the code. */
    public static function files(): array
    {
        return array_filter([dirname(self::$file) . '/vendor/autoload.php', self::$file], is_file(...));
    }

    public static function loaded(): void
    {
        self::$isLoading = false;
        if (is_callable(self::$main)) {
            self::answer(self::OK, '{"ok":true}');
        } else {
            self::fail("Action entrypoint '" . self::$main . "' is not a function.");
        }
    }

    public static function failed(\Throwable $problem): void
    {
        self::$isLoading = false;
        self::fail(self::explain($problem));
    }

    /** Until there are no more requests. */
    public static function serve(): void
    {
        while (true) {
            try {
                $request = self::next();
            } catch (\JsonException $problem) { // what PHP has no value for, such as half a surrogate pair
                self::fail('An error has occurred: the request could not be read: ' . $problem->getMessage());
                continue;
            }
            if ($request === null) {
                return;
            }
            self::update($request);
            self::run($request['value'] ?? []);
        }
    }

    private static function run(mixed $arguments): void
    {
        try {
            $result = (self::$main)($arguments);
        } catch (\Throwable $problem) {
            fwrite(\STDERR, $problem . "\n");
            self::answer(self::OK, '{"error":"An error occurred running the action."}');

            return;
        }
        if ($result !== null && !is_array($result) && !is_object($result)) {
            self::fail(self::NO_DICTIONARY);

            return;
        }
        try {
            $text = json_encode($result ?: new \stdClass(), self::TO_JSON | JSON_THROW_ON_ERROR, self::MAX_DEPTH);
            $text[0] === '{' || $text[0] === '[' ? self::answer(self::OK, $text) : self::fail(self::NO_DICTIONARY);
        } catch (\Throwable $problem) {
            self::fail('An error has occurred: the result is not JSON: ' . $problem->getMessage());
        }
    }

    /** A fatal error or an `exit` while the code was loaded, which nothing can catch. */
    private static function ended(): void
    {
        if (self::isForked()) {
            return;
        }
        if (!self::$isLoading) {
            Logs::end(); // what the last line has of its run

            return;
        }
        $error = error_get_last();
        self::fail($error === null
            ? 'the code ended the process while it was loaded'
            : sprintf('%s (%s, line %d)', $error['message'], basename($error['file']), $error['line']));
    }

    private static function explain(\Throwable $problem): string
    {
        return sprintf(
            '%s: %s (%s, line %d)',
            $problem::class,
            $problem->getMessage(),
            basename($problem->getFile()),
            $problem->getLine(),
        );
    }

    /** Sets `__OW_<KEY>` for every field of a request but its value, and takes back what only an earlier one set. */
    private static function update(array $request): void
    {
        unset($request['value']);
        foreach ($request as $key => $value) {
            if ((self::$current[$key] ?? null) !== $value) {
                self::set(self::name($key), is_string($value) ? $value : json_encode($value, self::TO_JSON));
            }
        }
        foreach (array_diff_key(self::$current, $request) as $key => $value) {
            self::set(self::name($key), self::$initial[self::name($key)] ?? null);
        }
        self::$current = $request;
    }

    private static function name(int|string $key): string
    {
        return '__OW_' . strtoupper((string) $key);
    }

    private static function set(string $name, ?string $value): void
    {
        if ($value === null) {
            putenv($name);
            unset($_ENV[$name], $_SERVER[$name]);
        } else {
            putenv("$name=$value");
            $_ENV[$name] = $_SERVER[$name] = $value;
        }
    }

    /** The next document; null at the end. Throws a JsonException if PHP has no value for it. */
    private static function next(): ?array
    {
        $line = fgets(self::$requests);
        if ($line === false) {
            return null;
        }
        [, $number, $document] = explode(' ', $line, 3);
        Logs::begin((int) $number);

        return json_decode($document, true, self::MAX_DEPTH, JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
    }

    private static function fail(string $sentence): void
    {
        self::answer(self::FAILED, json_encode(['error' => $sentence], self::TO_JSON | JSON_INVALID_UTF8_SUBSTITUTE));
    }

    /** Whether the action has forked this process, which returns from the action as well and must not answer. */
    private static function isForked(): bool
    {
        return getmypid() !== self::$process;
    }

    private static function answer(int $status, string $document): void
    {
        if (self::isForked()) {
            exit();
        }
        $answers = fopen('php://fd/3', 'w');
        fwrite($answers, sprintf("%d %d %s\n", $status, Logs::end() ? 1 : 0, $document));
        fclose($answers);
    }
}
