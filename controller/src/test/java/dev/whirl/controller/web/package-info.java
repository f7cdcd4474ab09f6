/// Web actions over HTTP, with an invoker that answers as told.
@NullMarked
package dev.whirl.controller.web;

import org.jspecify.annotations.NullMarked;
