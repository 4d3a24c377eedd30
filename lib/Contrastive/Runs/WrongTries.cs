namespace Contrastive.Runs;

/// <summary>How often each question was answered wrongly in this process, so that each new wrong try gets the next hint.</summary>
internal sealed class WrongTries
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, double? Last)> _tries = [];

    /// <summary>Counts a wrong try and gives its hint.</summary>
    /// <param name="question">The question.</param>
    /// <param name="hints">Its hints, at least one.</param>
    /// <param name="number">The wrong number, which is no new try when it was the last one; null counts always.</param>
    public string Hint(string question, IReadOnlyList<string> hints, double? number)
    {
        lock (_lock)
        {
            var (count, last) = _tries.GetValueOrDefault(question);
            if (count == 0 || number is null || !number.Equals(last))
                count++;
            _tries[question] = (count, number);
            var place = Math.Min(count, hints.Count);
            return hints.Count == 1 ? $"Hint: {hints[0]}" : FormattableString.Invariant($"Hint {place} of {hints.Count}: {hints[place - 1]}");
        }
    }
}
