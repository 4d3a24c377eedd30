namespace Contrastive.Display;

/// <summary>Finds the host of the running cell, anew for each display, because .NET Interactive's is tied to the cell.</summary>
internal static class DisplayHost
{
    public static IDisplayHost Current => SinkHost.Find() ?? InteractiveHost.Find() ?? ConsoleHost.Instance;
}

/// <summary>Where a cell's output goes.</summary>
internal interface IDisplayHost
{
    /// <summary>Whether an update replaces the earlier value on the screen.</summary>
    bool Updates { get; }

    /// <summary>Shows a value.</summary>
    /// <returns>An action that replaces it with another value.</returns>
    Action<IDisplayable> Show(string displayId, IDisplayable value);
}
