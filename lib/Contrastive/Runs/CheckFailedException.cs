namespace Contrastive.Runs;

/// <summary>A check of a lesson failed; the message says what differs, with the hint of the exercise.</summary>
/// <param name="message">What differs.</param>
public sealed class CheckFailedException(string message) : Exception(message);
