package dev.whirl.controller.api.web;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.json.PrettyJson;
import dev.whirl.model.json.RawJson;
import java.util.Optional;

/// Makes HTTP answers of results (rows W-9 to W-11).
final class Transcoder {
    private Transcoder() {}

    /// @throws ApiException 400 if the function failed or its result does not fit, 404 if it lacks what is asked for,
    ///     503 if the platform lost it
    static Answer answer(Extension extension, ActivationResponse response) {
        if (response.isLost()) {
            throw new ApiException(ErrorCode.OVERLOADED, ActivationMessages.LOST_IN_CRASH);
        }
        RawJson result = response.result() == null ? RawJson.EMPTY_OBJECT : response.result();
        RawJson shown = switch (response.status()) {
            case SUCCESS -> result;
            case APPLICATION_ERROR -> result.field("error").orElse(RawJson.EMPTY_OBJECT);
            case DEVELOPER_ERROR, WHISK_ERROR -> throw refused(Messages.WEB_REQUEST_FAILED);
        };
        return switch (extension) {
            case HTTP -> HttpResult.answer(shown);
            case JSON -> json(shown);
            case HTML -> markup(shown, "html", "text/html; charset=UTF-8", "text/html");
            case SVG -> markup(shown, "svg", "image/svg+xml; charset=UTF-8", "image/svg+xml");
            case TEXT -> text(shown);
        };
    }

    private static Answer json(RawJson result) {
        return switch (result.kind()) {
            case OBJECT, ARRAY -> Answer.json(200, result);
            case STRING, NUMBER, BOOLEAN, NULL -> throw refused(Messages.webResultInvalid("application/json"));
        };
    }

    private static Answer markup(RawJson result, String property, String contentType, String type) {
        String text = property(result, property)
                .flatMap(RawJson::asText)
                .orElseThrow(() -> refused(Messages.webResultInvalid(type)));
        return Answer.text(200, contentType, text);
    }

    private static Answer text(RawJson result) {
        RawJson value = property(result, "text")
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.WEB_PROPERTY_MISSING));
        return Answer.text(200, Answer.TEXT, value.asText().orElseGet(() -> PrettyJson.of(value)));
    }

    /// The field `body`, or the one of the extension's name; a result that is no object stands for itself.
    private static Optional<RawJson> property(RawJson result, String name) {
        return result.isObject() ? result.field("body").or(() -> result.field(name)) : Optional.of(result);
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }
}
