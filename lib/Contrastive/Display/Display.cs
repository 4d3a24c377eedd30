namespace Contrastive.Display;

/// <summary>Shows values from anywhere in a cell. A cell's last expression is displayed automatically.</summary>
public static class Display
{
    /// <summary>
    /// Shows a value where the cell runs: in the notebook under our own kernel or .NET Interactive, as text on a console otherwise.
    /// Figures, tables, image grids and data frames are rendered as such, anything else as text.
    /// </summary>
    /// <param name="value">What to show.</param>
    /// <returns>A handle that can replace the value with a newer one.</returns>
    public static DisplayHandle Show(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DisplayHandle(DisplayHost.Current, MimeBundle.Displayable(value));
    }

    /// <summary>Shows a loop's progress: <c>var progress = Display.Progress(steps, "training")</c>,
    /// then <c>progress.Report(step, ("loss", value))</c> in each step.</summary>
    /// <param name="total">The number of steps, at least 1.</param>
    /// <param name="title">What the loop does.</param>
    /// <param name="plot">Whether to plot the reported values below, as they arrive. <value>The default is false.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The total is below 1.</exception>
    public static Progress Progress(long total, string title = "", bool plot = false) =>
        new(total, title, plot, DisplayHost.Current, TimeProvider.System);
}
