namespace Contrastive.Retrieval;

/// <summary>
/// Whether a passage holds one of a question's answers, as DPR decides it (Karpukhin et al. 2020, section 5; its <c>has_answer</c> for
/// strings): the answer's words occur in the passage one after the other, whatever their case, the spaces between them, or the way accents
/// are encoded. Part of a word does not count: "art" is not in "party".
/// <code>var answers = new AnswerMatcher(["Obama", "Barack Obama"]);  answers.OccursIn("By OBAMA'S order…");  // true</code>
/// </summary>
/// <remarks>For many questions over the same passages make each <see cref="AnswerText"/> once.</remarks>
public sealed class AnswerMatcher
{
    private readonly string[] _answers;

    /// <summary>Prepares the answers of a question.</summary>
    /// <param name="answers">Any number. One without a word, such as " ", occurs in no passage.</param>
    /// <exception cref="ArgumentException">An answer is null.</exception>
    public AnswerMatcher(IEnumerable<string> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        _answers = [.. answers.Select(answer => AnswerText.Normalize(answer ?? throw new ArgumentException("An answer is null; expected a text.", nameof(answers))))
            .Where(answer => answer != AnswerText.None).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether at least one of the answers occurs.</summary>
    public bool OccursIn(AnswerText passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        foreach (var answer in _answers)
        {
            if (passage.Words.Contains(answer, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="OccursIn(AnswerText)"/>
    public bool OccursIn(string passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        return _answers.Length > 0 && OccursIn(new AnswerText(passage));
    }
}
