namespace Contrastive.Display;

/// <summary>Where embeddings of length one lie in the plane.</summary>
internal static class UnitCircle
{
    private const double Tolerance = 1e-3;

    /// <summary>Whether all points lie on it.</summary>
    /// <param name="points">The places x, y, x, y …</param>
    public static bool Holds(double[] points) => points.Length > 0 && points.Chunk(2).All(point => Math.Abs(Math.Sqrt((point[0] * point[0]) + (point[1] * point[1])) - 1) < Tolerance);
}
