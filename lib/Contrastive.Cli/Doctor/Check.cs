namespace Contrastive.Cli.Doctor;

/// <summary>One check of this machine.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="Describe">The result, one line or several; it may throw.</param>
/// <param name="IsEssential">Whether nothing works without it.</param>
internal sealed record Check(string Name, Func<string> Describe, bool IsEssential = false)
{
    /// <summary>The result, or why there is none.</summary>
    public (string Text, bool Failed) Examine()
    {
        try
        {
            return (Describe(), false);
        }
#pragma warning disable CA1031 // Whatever goes wrong is the result.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            var cause = problem is TypeInitializationException { InnerException: { } inner } ? inner : problem;
            return ($"failed: {cause.Message.ReplaceLineEndings(" ")}", true);
        }
    }
}
