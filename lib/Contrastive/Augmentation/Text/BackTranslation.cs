using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Translates a text into another language and back: the result says the same in other words (Sennrich et al. 2016; as an
/// augmentation, Xie et al. 2020, "Unsupervised Data Augmentation"). You supply the translators: any model or service behind two
/// functions. <see cref="PivotLexicon"/> is a toy that shows the idea offline.
/// </summary>
/// <param name="toPivot">Translates a text into the other language. It may sample with the given generator.</param>
/// <param name="fromPivot">Translates back.</param>
public sealed class BackTranslation(Func<string, Generator, string> toPivot, Func<string, Generator, string> fromPivot) : ITextAugmentation
{
    private readonly Func<string, Generator, string> _toPivot = toPivot ?? throw new ArgumentNullException(nameof(toPivot));
    private readonly Func<string, Generator, string> _fromPivot = fromPivot ?? throw new ArgumentNullException(nameof(fromPivot));

    /// <summary>Back-translation with translators that need no randomness.</summary>
    /// <param name="toPivot">Translates a text into the other language.</param>
    /// <param name="fromPivot">Translates back.</param>
    public BackTranslation(Func<string, string> toPivot, Func<string, string> fromPivot)
        : this(Plain(toPivot, nameof(toPivot)), Plain(fromPivot, nameof(fromPivot)))
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A translator returned an empty text.</exception>
    public string Apply(string text, Generator generator)
    {
        var pivot = NotEmpty(_toPivot(Words.Join(Words.Of(text)), generator), "The translator into the pivot language", text);
        return Words.Join(Words.Of(NotEmpty(_fromPivot(pivot, generator), "The translator back", pivot)));
    }

    private static Func<string, Generator, string> Plain(Func<string, string> translate, string name)
    {
        ArgumentNullException.ThrowIfNull(translate, name);
        return (text, _) => translate(text);
    }

    private static string NotEmpty(string translation, string who, string text) => string.IsNullOrWhiteSpace(translation)
        ? throw new InvalidOperationException($"{who} returned no text for '{text}'; a view must not be empty.")
        : translation;
}
