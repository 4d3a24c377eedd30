using System.Runtime.CompilerServices;

namespace Contrastive.Retrieval;

/// <summary>What every search asks of its questions.</summary>
internal static class Questions
{
    /// <exception cref="ArgumentException">The list or a question is null.</exception>
    public static void Check(IReadOnlyList<string> queries, [CallerArgumentExpression(nameof(queries))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(queries, name);
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i] is null)
                throw new ArgumentException($"{name}[{i}] is null; expected a text.", name);
        }
    }
}
