/// What users create: actions, with their names, parameters, limits and code. Triggers, rules and packages have
/// their place
/// in [dev.whirl.model.entity.Collection] and in the sealed [dev.whirl.model.entity.Entity].
@NullMarked
package dev.whirl.model.entity;

import org.jspecify.annotations.NullMarked;
