<?php

/**
 * Loads one PHP action and calls its function for each request. Its lines and their answers are described in
 * shared/python/interpreter.py. The code is loaded here, outside of all functions, so that its variables are global.
 */

declare(strict_types=1);

namespace Whirl\Runtime;

require __DIR__ . '/logs.php';
require __DIR__ . '/action.php';

Logs::capture();
Action::awaitCode();
try {
    foreach (Action::files() as $file) {
        require $file;
    }
    Action::loaded();
} catch (\Throwable $problem) {
    Action::failed($problem);
}
Action::serve();
