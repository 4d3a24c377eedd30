namespace Contrastive.Data;

/// <summary>Captioned pictures to train and to test on. Disposing it disposes both.</summary>
/// <param name="Train">The pictures to train on.</param>
/// <param name="Test">The pictures to test on, none of which is in <paramref name="Train"/>.</param>
/// <param name="TestClasses">The pictures to test on with their classes, where the captions are made of classes' names; null elsewhere.</param>
public sealed record CaptionSplits(CaptionedImages Train, CaptionedImages Test, ImageSet? TestClasses = null) : IDisposable
{
    /// <summary>The notes of both parts, each once.</summary>
    public IReadOnlyList<string> Notes => [.. Train.Notes.Union(Test.Notes)];

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        TestClasses?.Dispose();
    }
}
