namespace Contrastive.Display;

/// <summary>Finds the host of the running cell, anew for each display, because .NET Interactive's is tied to the cell.</summary>
internal static class DisplayHost
{
    public static IDisplayHost Current => SinkHost.Find() ?? InteractiveHost.Find() ?? ConsoleHost.Instance;
}
