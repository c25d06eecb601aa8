package org.t5j.core;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Why a file could not be read or written, in words, with the remedy where there is one. */
public final class FileFailure {
    /** What systems say, and what it means. */
    private static final Map<String, String> MEANINGS = Map.of(
            "No space left on device", "the disk is full; make room on it",
            "Disk quota exceeded", "your share of the disk is used up; make room in it",
            "File too large",
                    "a file may not become that large here; raise the limit (ulimit -f) or choose another disk",
            "Read-only file system", "the file system is read-only",
            "Too many open files", "too many files are open; raise the limit (ulimit -n)",
            "File name too long", "the name is too long",
            "Input/output error", "the disk reports a fault; check it and use a copy of the file");

    private static final String UNKNOWN = "the system does not say why";

    private FileFailure() {}

    /** The reason, without a full stop: {@code the disk is full; make room on it (No space left on device)}. */
    public static String reason(IOException e) {
        String said = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        } else if (said != null) {
            return MEANINGS.entrySet().stream()
                    .filter(meaning -> said.contains(meaning.getKey()))
                    .findFirst()
                    .map(meaning -> meaning.getValue() + " (" + meaning.getKey() + ")")
                    .orElse(said);
        }
        return e instanceof FileSystemException failure ? kind(failure) : UNKNOWN;
    }

    private static String kind(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "access to " + e.getFile() + " is denied";
        } else if (e instanceof NoSuchFileException) {
            return "there is no " + e.getFile();
        } else if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " exists already";
        } else if (e instanceof NotDirectoryException) {
            return e.getFile() + " is no directory";
        } else if (e instanceof DirectoryNotEmptyException) {
            return e.getFile() + " is not empty";
        }
        return UNKNOWN;
    }
}
