using Contrastive.Display.Hosts;

namespace Contrastive.Display;

/// <summary>Shows values in the middle of a cell. A cell's last expression shows itself.</summary>
public static class Display
{
    /// <summary>
    /// Shows a value where the cell runs: in the notebook under our own kernel or .NET Interactive, as text on a console otherwise.
    /// Figures, tables, image grids and data frames show as such, anything else as text.
    /// </summary>
    /// <param name="value">What to show.</param>
    /// <returns>A handle that replaces the value by a newer one.</returns>
    public static DisplayHandle Show(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DisplayHandle(DisplayHost.Current, MimeBundle.Displayable(value));
    }
}
