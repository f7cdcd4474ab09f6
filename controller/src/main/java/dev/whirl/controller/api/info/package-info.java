/// What the platform says about itself: versions, limits, kinds, health, meters.
@NullMarked
package dev.whirl.controller.api.info;

import org.jspecify.annotations.NullMarked;
