package dev.whirl.cli.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Says what is wrong with a file: the JDK's own messages are often no more than its name, or tell of its insides.
public final class FileProblem {
    private FileProblem() {}

    /// A reason, without a full stop.
    public static String of(IOException failure) {
        return switch (failure) {
            case CharacterCodingException _ -> "it is not text in UTF-8";
            case NoSuchFileException e -> e.getFile() + " does not exist";
            case AccessDeniedException e -> "permission denied: " + e.getFile();
            case FileAlreadyExistsException e -> e.getFile() + " exists already";
            case FileSystemException e when e.getReason() != null -> e.getReason() + ": " + e.getFile();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /// The failure as one of the file that was wanted: people do not know the temporary one beside it.
    public static FileSystemException about(Path wanted, FileSystemException failure) {
        String file = wanted.toString();
        FileSystemException told = switch (failure) {
            case AccessDeniedException _ -> new AccessDeniedException(file);
            case NoSuchFileException _ -> new NoSuchFileException(folder(wanted));
            case FileAlreadyExistsException _ -> new FileAlreadyExistsException(file);
            default -> new FileSystemException(file, null, reason(failure));
        };
        told.initCause(failure);
        return told;
    }

    /// A name alone is one in the working folder.
    private static String folder(Path file) {
        Path whole = file.getParent() == null ? file.toAbsolutePath() : file;
        return String.valueOf(whole.getParent());
    }

    private static String reason(FileSystemException failure) {
        return failure.getReason() == null ? "it cannot be written" : failure.getReason();
    }
}
