/// Webhooks: posts of other programs that fire triggers, if they are signed.
///
/// - **Enter at** [dev.whirl.feeds.webhook.WebhookReceiver].
/// - **Rules:** a signature is checked before anything else of the body is believed; comparing takes the same time
///   for all wrong ones.
@NullMarked
package dev.whirl.feeds.webhook;

import org.jspecify.annotations.NullMarked;
