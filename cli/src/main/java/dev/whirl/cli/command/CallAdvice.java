package dev.whirl.cli.command;

import dev.whirl.client.ApiErrorException;
import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.NotUnderstoodException;

/// What to look at when a call has failed.
///
/// @param address of the server, for people
/// @param isSetting whether it is a setting, which `wsk property` shows and changes; not if it was given with the
/// command, or by a project
record CallAdvice(String address, boolean isSetting) {
    private static final String SHOWN = "'wsk property get --apihost' shows it";

    /// Empty if the failure says it all.
    String on(ClientException failure) {
        return switch (failure) {
            case ConnectionException e -> onConnection(e);
            case NotUnderstoodException e -> onAnswer(e);
            case ApiErrorException _ -> "";
        };
    }

    private String onConnection(ConnectionException failure) {
        if (failure.isCertificateFailure() || failure.isOwnCertificate()) {
            return "";
        }
        if (failure.isTlsFailure()) {
            return "If the server speaks plain HTTP, its address is http://%s; an address without http:// means https. If it is a test installation with a certificate that nobody signed, add --insecure."
                    .formatted(failure.address().authority());
        }
        if (failure.isSilence()) {
            return "Is this the server's address?" + ifSetting(" " + SHOWN + ".")
                    + " If it only takes long, --answer-timeout SECONDS waits longer.";
        }
        if (failure.isTooLarge()) {
            return "A command keeps an answer in memory. Ask for less at a time: --limit makes lists shorter.";
        }
        return "Is the server running, and is this its address?"
                + ifSetting(" " + SHOWN + ", 'wsk property set --apihost HOST' changes it.");
    }

    private String onAnswer(NotUnderstoodException failure) {
        if (failure.activationId() != null) {
            return "'wsk activation get %s' shows what happened.".formatted(failure.activationId());
        }
        if (failure.status() >= 301 && failure.status() <= 308) {
            return "The server at %s sends the caller elsewhere. Perhaps its address begins with https://, or has a path%s."
                    .formatted(address, ifSetting(": " + SHOWN));
        }
        if (failure.isWebPage()) {
            return "There was an answer, a web page: " + another();
        }
        return failure.isSuccessStatus() ? "There was an answer, and not the one of an API: " + another() : "";
    }

    private String another() {
        return "another web server, or a proxy, may stand at this address, %s.%s"
                .formatted(address, ifSetting(" " + SHOWN + "."));
    }

    private String ifSetting(String words) {
        return isSetting ? words : "";
    }
}
