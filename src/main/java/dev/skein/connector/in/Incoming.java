package dev.skein.connector.in;

/**
 * One message as it came.
 *
 * @param payload not to be changed
 * @param acknowledge tells the source that it needs not come again; callable from any thread
 */
public record Incoming(byte[] payload, Runnable acknowledge) {}
