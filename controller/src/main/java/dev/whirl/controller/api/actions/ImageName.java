package dev.whirl.controller.api.actions;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.regex.Pattern;

/// The name of a container image in Docker's grammar: `[registry[:port]/][prefix/]name[:tag][@digest]` (row
///
final class ImageName {
    private static final int MAX_LENGTH = 1024;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?/)?"
            + COMPONENT + "(?:/" + COMPONENT + ")*"
            + "(?::[\\w][\\w.-]{0,127})?"
            + "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128})?");

    private ImageName() {}

    /// @throws ApiException 400 if it is none
    static String parse(String text) {
        String name = text.strip();
        if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.IMAGE_MALFORMED));
        }
        return name;
    }
}
