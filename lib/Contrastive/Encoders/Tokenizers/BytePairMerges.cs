namespace Contrastive.Encoders;

/// <summary>
/// Byte-pair encoding of one word as CLIP's own tokenizer does it: the pair of symbols that was learned first is merged wherever it
/// occurs, from left to right, before the next is looked for. Microsoft.ML.Tokenizers merges one occurrence at a time instead, which
/// splits some repetitive words differently.
/// </summary>
internal sealed class BytePairMerges(IReadOnlyList<(string First, string Second)> merges)
{
    private readonly Dictionary<(string First, string Second), int> _ranks =
        merges.Select((pair, rank) => (pair, rank)).ToDictionary(entry => entry.pair, entry => entry.rank);

    /// <summary>The symbols that the word's symbols merge into.</summary>
    public List<string> Apply(List<string> symbols)
    {
        while (symbols.Count > 1 && Earliest(symbols) is { } pair)
        {
            var joined = new List<string>(symbols.Count);
            for (var i = 0; i < symbols.Count; i++)
            {
                if (i + 1 < symbols.Count && symbols[i] == pair.First && symbols[i + 1] == pair.Second)
                    joined.Add(symbols[i] + symbols[++i]);
                else
                    joined.Add(symbols[i]);
            }
            symbols = joined;
        }
        return symbols;
    }

    private (string First, string Second)? Earliest(List<string> symbols)
    {
        var earliest = int.MaxValue;
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (_ranks.TryGetValue((symbols[i], symbols[i + 1]), out var rank) && rank < earliest)
                earliest = rank;
        }
        return earliest == int.MaxValue ? null : merges[earliest];
    }
}
