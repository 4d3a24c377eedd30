namespace Contrastive.Display;

/// <summary>Where a cell's output goes.</summary>
internal interface IDisplayHost
{
    /// <summary>Whether a later form replaces an earlier one on the screen.</summary>
    bool Updates { get; }

    /// <summary>Shows a value.</summary>
    /// <returns>What replaces it by another value.</returns>
    Action<IDisplayable> Show(string displayId, IDisplayable value);
}
