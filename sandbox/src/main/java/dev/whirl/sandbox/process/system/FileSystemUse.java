package dev.whirl.sandbox.process.system;

/// What is in a file system.
public record FileSystemUse(long bytes, long files) {
    public static final FileSystemUse NOTHING = new FileSystemUse(0, 0);

    public FileSystemUse plus(FileSystemUse other) {
        return new FileSystemUse(bytes + other.bytes, files + other.files);
    }
}
