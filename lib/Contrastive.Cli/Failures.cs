namespace Contrastive.Cli;

/// <summary>Errors that a user can mend are reported in one line, not as a stack trace.</summary>
internal static class Failures
{
    /// <summary>The exit code: the action's own, 1 after such an error, 130 (as shells report Ctrl-C) after a stop.</summary>
    /// <param name="action">What the command does.</param>
    /// <param name="afterStop">What to say after a stop; nothing by default.</param>
    public static async Task<int> Report(Func<Task<int>> action, string? afterStop = null)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ArgumentException or IOException or InvalidDataException or InvalidOperationException
            or HttpRequestException or UnauthorizedAccessException or KeyNotFoundException)
        {
            await Console.Error.WriteLineAsync(problem.Message.Split(" (Parameter '")[0]).ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException)
        {
            if (afterStop is not null)
                await Console.Error.WriteLineAsync(afterStop).ConfigureAwait(false);
            return 130;
        }
    }
}
